"""Processes in which strangers' documents are read: `pool` has them at work, `worker` is what runs in them."""
