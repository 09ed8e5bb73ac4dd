"""Commendations (评选表彰): what a record cannot know of itself: who satisfies the conditions, which places are left.

Nomination, deliberation, public notice, objections, award and withdrawal are the flow of a record.
"""
