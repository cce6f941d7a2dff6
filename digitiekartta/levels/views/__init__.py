"""The coordinator's pages of levels: baseline, targets, estimate, importance, priorities."""
