"""The same work on Ray Data, for archives that one machine is too small for: the same articles in, the same rows out.

    sources ──parts──▶ survey ──what repeats what──▶ driver
    sources ──parts──▶ reading tasks ──chunks──▶ briefers (actors) ──journal──▶ briefs/ ──▶ tables/
                                                     ▲ permits
                                                   desk (one actor: limits, budget, progress)

`parts` says what there is to read, with large files cut by `ranges`, and `survey` what it holds; `kinship`, `printings`
and `repeats` find out what repeats what, with texts that `gather` brings together, and `earlier` what is gone.
`reading` makes chunks of documents of what `files` reads; `briefer` has a chunk briefed by `steering` (threads, as
locally), `desk` hands out permits for all of them, `journal` keeps what is finished, `finished` knows it, `again` says
what is left of what was begun, `flat` makes the tables, `shelf` is where files lie, and `lease` sees to it that one run
writes there. `connection` starts Ray or joins it, `passes` is the order of it all, `briefing` what flows through the
briefers, and `engine` puts it together. Ray and pyarrow are imported here alone, and late.
"""
