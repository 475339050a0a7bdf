"""`resgraph serve`: a read-only site on a store; `app` puts it together, `sparql` answers strangers' queries."""
