"""Channels: the ways out of the house, as the installation configures them."""
