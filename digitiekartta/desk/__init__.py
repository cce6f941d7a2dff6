"""What needs somebody today: her own tasks, her sector's, and the coordinator's overview."""
