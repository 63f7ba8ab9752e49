import { firewallShow, firewallTrace } from '../../contract/firewall.ts'
import { answer } from '../../resources/firewall/answer.ts'
import { observe } from '../../resources/firewall/observe.ts'
import { bansOf, show } from '../../resources/firewall/show.ts'
import { uplinkAddresses } from '../../resources/firewall/uplink.ts'
import { defineHandler, type Handler } from '../handler.ts'

export const firewallHandlers: readonly Handler[] = [
  defineHandler(firewallShow, async (_request, { engine, system }) => {
    const { counters, bans, ...shown } = await show(engine.state(), system)
    return { ...shown, counters: [...counters], bans: [...bans] }
  }),

  defineHandler(firewallTrace, async (request, { engine, ledger, system }) => {
    const state = engine.state()
    const { listing } = await observe(system)
    return answer(request, state, ledger.locks.list(system.clock.now()), {
      uplinkAddresses: await uplinkAddresses(state.uplink.port, system),
      banned: listing === undefined ? [] : bansOf(listing).map(({ address }) => address),
    })
  }),
]
