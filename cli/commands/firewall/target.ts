import { isIPv6 } from 'node:net'
import { BoxError } from '../../../agent/errors.ts'
import { Port } from '../../../agent/model/scalars.ts'

/** `203.0.113.5:443`, `[2001:db8::5]:443`, `server:80`, or without a port. */
export function targetOf(text: string, otherwise = 443): { readonly host: string; readonly port: number } {
  if (isIPv6(text)) return { host: text, port: otherwise }
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Port.safeParse(digits === undefined ? otherwise : Number(digits))
  if (host !== undefined && port.success) return { host, port: port.data }
  throw new BoxError('USAGE', `"${text}" is no address with a port`, {
    hint: 'As in 203.0.113.5:443, [2001:db8::5]:443 or server:80.',
  })
}
