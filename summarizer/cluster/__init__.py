"""The same work on Ray Data, for archives that one machine is too small for: the same articles in, the same rows out.

    sources ──parts──▶ reading tasks ──chunks──▶ briefers (actors) ──journal──▶ briefs/ ──▶ tables/
                                                     ▲ permits
                                                   desk (one actor: limits, budget, progress)

`parts` says what there is to read, `reading` makes chunks of documents of it, `briefer` has a chunk briefed by
`steering` (threads, as locally), `desk` hands out permits for all of them, `journal` keeps what is finished and
`finished` knows it, `flat` makes the tables, `shelf` is where files lie, and `engine` puts it together. Ray and
pyarrow are imported here alone, and late.
"""
