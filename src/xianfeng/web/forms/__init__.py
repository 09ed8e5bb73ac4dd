"""Forms made from kinds: what is asked, how it is typed, what is wrong with it, and what happens when it is sent."""
