"""Open data: what a campaign makes public, as files that anybody can compute with."""
