"""Campaigns as files: what one asks, how its versions differ, changing it, beginning a new one."""
