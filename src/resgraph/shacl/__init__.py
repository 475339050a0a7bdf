"""Shapes held against a store: compiled to SPARQL where that is possible, by pySHACL where it is not.

`shape.py` reads the shapes, `conditions.py` and `questions.py` say them in SPARQL, `engine.py` asks the store,
`native.py` has the two that SPARQL is too slow for, `reference.py` is pySHACL. All give `Finding`s.
What `sample.py` and the modules that it names noted while the store was filled spares it most questions.
"""
