"""Commendations (评选表彰): what a record cannot know of itself: who satisfies the conditions, how many places are left.

Nomination, deliberation, public notice, objections, award and withdrawal are the flow of a record.
"""
