"""The same work on Ray Data, for archives that one machine is too small for: the same articles in, the same rows out.

    sources ──parts──▶ reading tasks ──chunks──▶ briefers (actors) ──journal──▶ briefs/ ──▶ tables/
                                                     ▲ permits
                                                   desk (one actor: limits, budget, progress)

`parts` says what there is to read, with large files cut by `ranges`; `reading` makes chunks of documents of what
`files` reads; `briefer` has a chunk briefed by `steering` (threads, as locally), `desk` hands out permits for all of
them, `journal` keeps what is finished, `finished` knows it, `again` says what is left of what was begun, `flat` makes
the tables, `shelf` is where files lie, and `engine` puts it together. Ray and pyarrow are imported here alone, late.
"""
