"""The form of answering, and the coordinator's rounds."""
