import { dnsLookup } from '../../contract/dns.ts'
import { askerOf, box } from '../../resources/dns/asker.ts'
import { lookup } from '../../resources/dns/lookup.ts'
import { defineHandler, type Handler } from '../handler.ts'

export const dnsHandlers: readonly Handler[] = [
  defineHandler(dnsLookup, async ({ name, as }, { engine, ledger, system }) => {
    const state = engine.state()
    const asker = as === undefined ? box : askerOf(as, state, ledger.locks.list(system.clock.now()))
    const { answer, list = null, entry = null, ...found } = await lookup(name, asker, state, system)
    return {
      name: found.name,
      as: as ?? null,
      profile: asker.profile?.name ?? null,
      locked: asker.locked,
      status: answer.status,
      answers: [...answer.answers],
      why: found.why,
      list,
      entry,
    }
  }),
]
