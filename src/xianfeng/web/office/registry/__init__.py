"""The registry's pages: who belongs to whom, who holds which role, and every change of either."""
