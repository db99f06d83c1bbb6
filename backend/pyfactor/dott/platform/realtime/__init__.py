"""Live pages: after a commit the open pages of the business hear which records changed."""
