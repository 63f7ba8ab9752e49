/**
 * nftables' JSON (libnftables-json(5)), as far as this module speaks it. Values are written the way `nft -j list`
 * writes them back, key by key, so that what was sent and what is in force can be compared.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Expression = Json
export type Statement = Readonly<Record<string, Json>>

export const meta = (key: 'iifname' | 'oifname' | 'l4proto' | 'nfproto' | 'mark'): Expression => ({
  meta: { key },
})
export const ct = (key: 'state' | 'status' | 'mark' | 'direction'): Expression => ({ ct: { key } })
export const payload = (protocol: string, field: string): Expression => ({ payload: { protocol, field } })
export const masked = (value: Expression, mask: number): Expression => ({ '&': [value, mask] })
export const concat = (...values: readonly Expression[]): Expression => ({ concat: values })
export const named = (set: string): Expression => `@${set}`

const match = (op: '==' | '!=' | 'in' | '!', left: Expression, right: Expression): Statement => ({
  match: { op, left, right },
})
export const is = (left: Expression, right: Expression): Statement => match('==', left, right)
export const isNot = (left: Expression, right: Expression): Statement => match('!=', left, right)
/** For values that are sets of bits: `ct state new`. */
export const has = (left: Expression, right: Expression): Statement => match('in', left, right)

/** nft itself writes a set of one as the one. */
export const oneOf = (values: readonly (string | number)[]): Expression => {
  const [first, ...rest] = [...new Set(values)]
  return rest.length === 0 && first !== undefined ? first : { set: [...new Set(values)] }
}

export const from = (interfaceName: string): Statement => is(meta('iifname'), interfaceName)
export const towards = (interfaceName: string): Statement => is(meta('oifname'), interfaceName)
export const tcpOrUdp: Statement = is(meta('l4proto'), { set: ['tcp', 'udp'] })
export const port = (protocol: 'tcp' | 'udp' | 'th', value: Expression): Statement =>
  is(payload(protocol, 'dport'), value)
/**
 * The first packet of a connection only. `ct state new` would be all packets until one comes back: a stream that nobody
 * answers would count as thousands of connections.
 */
export const isNew: Statement = match('!', ct('status'), 'confirmed')

export const counter: Statement = { counter: null }
export const accept: Statement = { accept: null }
export const drop: Statement = { drop: null }
/** Back to where one jumped from. */
export const goBack: Statement = { return: null }
export const jump = (target: string): Statement => ({ jump: { target } })
export const reject = (how: 'tcp reset' | 'admin-prohibited'): Statement =>
  how === 'tcp reset' ? { reject: { type: how } } : { reject: { type: 'icmpx', expr: how } }

/** What has been known since the first packet of a connection is used up at once. */
export const byState: Statement = {
  vmap: {
    key: ct('state'),
    data: {
      set: [
        ['invalid', drop],
        ['established', accept],
        ['related', accept],
      ],
    },
  },
}

export const assign = (key: Expression, value: Expression): Statement => ({ mangle: { key, value } })
export const lookup = (key: Expression, map: string): Expression => ({ map: { key, data: named(map) } })

/** True for packets above the rate; the burst is one second's worth. */
export const above = (rate: number): Statement => ({ limit: { rate, burst: rate, per: 'second', inv: true } })
/** The same, counted for each key on its own in a dynamic set. */
export const aboveEach = (key: Expression, set: string, rate: number): Statement => ({
  set: { op: 'add', elem: key, set: named(set), stmt: [above(rate)] },
})
/** For what is rare: a few a minute, after a burst. */
export const aboveEachMinute = (key: Expression, set: string, rate: number, burst: number): Statement => ({
  set: { op: 'add', elem: key, set: named(set), stmt: [{ limit: { rate, burst, per: 'minute', inv: true } }] },
})
export const remember = (key: Expression, set: string): Statement => ({
  set: { op: 'add', elem: key, set: named(set) },
})
