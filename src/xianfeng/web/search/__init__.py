"""Looking for something, on any face: the page with answers, and the pickers of forms."""
