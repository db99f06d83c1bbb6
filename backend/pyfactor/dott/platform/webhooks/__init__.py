"""Telling other programs what happened, in signed messages by Standard Webhooks 1.0.0 (ADR 18).

A change set leaves a job in its own transaction (announce.py), the job makes one message for each endpoint
and kind of event (dispatch.py), another sends them (deliver.py) by way of egress, and settle.py keeps the
outcome.
"""
