import {
  aboveEach,
  accept,
  byState,
  counter,
  ct,
  drop,
  from,
  has,
  is,
  isNew,
  isNot,
  jump,
  masked,
  meta,
  named,
  payload,
  port,
  reject,
  tcpOrUdp,
  towards,
} from './expression.ts'
import { markBits } from './marks.ts'
import { priority, rule, type Chain } from './ruleset.ts'
import type { Firewall } from './schema.ts'

/** Tells a lock from everything else that may decide. */
export const lockedRoom = 'locked room'

/** What goes through the box. */
export function forwardChains({ uplink, forwards, limits }: Firewall): readonly Chain[] {
  const out = towards(uplink.interface)
  const back = from(uplink.interface)
  const locked = is(masked(meta('mark'), markBits.place), named('locked'))
  const offline = isNot(masked(meta('mark'), markBits.offline), 0)
  const filtered = isNot(masked(meta('mark'), markBits.filtered), 0)
  const inside = is(meta('iifname'), named('inside'))
  return [
    {
      name: 'forward',
      hook: { type: 'filter', hook: 'forward', prio: priority.filter, policy: 'drop' },
      rules: [
        // What is taken away ends connections in use, too, so it stands before them.
        rule(lockedRoom, out, locked, counter, jump('refuse')),
        rule(lockedRoom, back, locked, counter, jump('refuse')),
        // A forward into the house is declared by itself: only what began inside needs the permission.
        rule('no internet permission', out, offline, is(ct('direction'), 'original'), counter, jump('refuse')),
        rule('no internet permission', back, offline, is(ct('direction'), 'reply'), counter, jump('refuse')),
        rule(
          'DNS over TLS would pass the filter by',
          out,
          filtered,
          tcpOrUdp,
          port('th', 853),
          counter,
          jump('refuse'),
        ),
        rule('connection in use', byState),
        rule(
          'limit for one device',
          out,
          isNew,
          aboveEach(payload('ether', 'saddr'), 'per_device', limits.perDevice),
          counter,
          drop,
        ),
        ...forwards.map(({ name, protocol, to }) =>
          rule(
            `forward ${name}`,
            back,
            has(ct('status'), 'dnat'),
            is(payload('ip', 'daddr'), to.address),
            port(protocol, to.port),
            counter,
            accept,
          ),
        ),
        rule('internet', inside, out, counter, accept),
        rule('school networks', is(meta('iifname'), named('school')), is(meta('oifname'), named('school')), accept),
        rule('not between these networks', inside, counter, jump('refuse')),
        rule('nothing comes in unasked', counter, drop),
      ],
    },
    {
      name: 'refuse',
      rules: [{ expr: [is(meta('l4proto'), 'tcp'), reject('tcp reset')] }, { expr: [reject('admin-prohibited')] }],
    },
  ]
}
