"""A graph into the stores that people run: one named graph a document, so that loading twice changes nothing.

Begin with `loading.py`; `kinds.py` has what the stores differ in, `bulk.py` those that read files instead.
"""
