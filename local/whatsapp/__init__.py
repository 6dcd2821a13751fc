"""A simulated WhatsApp: Meta's Cloud API on one side, phones to type on on the other.

A small product of its own. It imports nothing of the system that is judged against it.
"""
