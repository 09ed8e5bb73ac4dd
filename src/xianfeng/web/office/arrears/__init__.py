"""Who below has not done what is due: counts by child, texts to pass on, reminders, circulars to decide on."""
