import { isIPv4, isIPv6 } from 'node:net'
import { z } from 'zod'

/**
 * The words of a state document that are one line of text: parsed once at the door, branded, trusted inside.
 * Where agreement with the kernel matters, `node:net` decides, not a pattern of ours. Messages go on where a sentence
 * stands that began with the refused value: "10.0.300.1 is not an IPv4 address" (explain.ts).
 */

/** RFC 1123 label in lower case. */
const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/
const notLabel = 'must be lower-case letters, digits and hyphens, with no hyphen at either end'

/** One label of DNS. Computers that join have shorter ones (local-names.ts). */
export const DeviceName = z
  .string()
  .regex(label, notLabel)
  .max(63, 'is longer than 63 characters')
  .brand<'DeviceName'>()
  .meta({ id: 'DeviceName', description: 'Name of a device, as in DNS.', examples: ['r214-pc07'] })
export type DeviceName = z.infer<typeof DeviceName>

export const RoomName = z
  .string()
  .regex(label, notLabel)
  .max(20, 'is longer than 20 characters')
  .brand<'RoomName'>()
  .meta({ id: 'RoomName', description: 'Name of a room.', examples: ['r214'] })
export type RoomName = z.infer<typeof RoomName>

/** At most 12 characters, so that the bridge `br-NAME` stays a legal interface name (15). */
export const NetworkName = z
  .string()
  .regex(label, notLabel)
  .max(12, 'is longer than 12 characters')
  .brand<'NetworkName'>()
  .meta({ id: 'NetworkName', description: 'Name of a network of the school.', examples: ['school'] })
export type NetworkName = z.infer<typeof NetworkName>

/** Names of services, forwards, filter lists and filter profiles. */
export const Label = z
  .string()
  .regex(label, notLabel)
  .max(32, 'is longer than 32 characters')
  .meta({ id: 'Label', description: 'Name: lower-case letters, digits and hyphens.', examples: ['web'] })

/** IFNAMSIZ is 16 with the closing NUL; no slash, blank or colon. */
const interfaceName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/

const macSpelling = /^(([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|([0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}|[0-9A-Fa-f]{12})$/

/** Written with colons or hyphens or dots, in any case; inside always lower case with colons. */
export const MacAddress = z
  .string()
  .transform((text, context) => {
    const digits = text.toLowerCase().replaceAll(/[:.-]/g, '')
    if (!macSpelling.test(text)) {
      context.addIssue({ code: 'custom', message: 'is not a MAC address (six pairs of hex digits)' })
      return z.NEVER
    }
    const mac = (digits.match(/../g) ?? []).join(':')
    if (Number.parseInt(digits.slice(0, 2), 16) % 2 === 1) {
      context.addIssue({ code: 'custom', message: 'is a group address, which no device can have as its own' })
      return z.NEVER
    }
    if (mac === '00:00:00:00:00:00') {
      context.addIssue({ code: 'custom', message: 'is the empty address, which no device has' })
      return z.NEVER
    }
    return mac
  })
  .pipe(z.string().brand<'MacAddress'>())
  .meta({
    id: 'MacAddress',
    description: 'Hardware address of a network card; with colons, hyphens, dots or none, in any case.',
    pattern: macSpelling.source,
    examples: ['52:54:00:aa:01:1f'],
  })
export type MacAddress = z.infer<typeof MacAddress>

/** How udev names a network card on a box: image/common/overlay/usr/lib/systemd/network/90-iserv.link. */
export const portNameOf = (mac: string): string => `enx${mac.replaceAll(':', '')}`

/** A port of the box, by its MAC address or its name; inside always the name. */
export const PortName = z
  .string()
  .transform((text, context) => {
    if (!macSpelling.test(text)) {
      if (interfaceName.test(text)) return text
      const words = 'a MAC address nor an interface name (at most 15 letters, digits, "_", "." or "-")'
      context.addIssue({ code: 'custom', message: `is neither ${words}` })
      return z.NEVER
    }
    const { data, error } = MacAddress.safeParse(text)
    if (data !== undefined) return portNameOf(data)
    context.addIssue({ code: 'custom', message: error.issues[0]?.message ?? '' })
    return z.NEVER
  })
  .meta({
    id: 'PortName',
    description: 'A network port of the server: its MAC address, or its name; `iserv-ctl port list` shows both.',
    pattern: `${macSpelling.source}|${interfaceName.source}`,
    examples: ['52:54:00:aa:01:1f', 'enx525400aa011f'],
  })

export const Ipv4 = z
  .string()
  .refine((text) => isIPv4(text), 'is not an IPv4 address')
  .brand<'Ipv4'>()
  .meta({ id: 'Ipv4', description: 'IPv4 address.', format: 'ipv4', examples: ['10.20.14.7'] })
export type Ipv4 = z.infer<typeof Ipv4>

export const Ipv6 = z
  .string()
  .refine((text) => isIPv6(text) && !text.includes('%'), 'is not an IPv6 address')
  .brand<'Ipv6'>()
  .meta({ id: 'Ipv6', description: 'IPv6 address.', format: 'ipv6', examples: ['fd20:1::1'] })
export type Ipv6 = z.infer<typeof Ipv6>

const isCidr = (text: string, isAddress: (address: string) => boolean, bits: number): boolean => {
  const [address = '', prefix = '', rest] = text.split('/')
  return rest === undefined && isAddress(address) && /^(0|[1-9]\d?\d?)$/.test(prefix) && Number(prefix) <= bits
}

/** The box's own address with the length of the network's prefix: `10.20.0.1/16`. */
export const Ipv4Interface = z
  .string()
  .refine((text) => isCidr(text, isIPv4, 32), 'is not an IPv4 address with a prefix length, as in 10.20.0.1/16')
  .brand<'Ipv4Interface'>()
  .meta({
    id: 'Ipv4Interface',
    description: 'IPv4 address with the prefix length of its subnet.',
    examples: ['10.20.0.1/16'],
  })
export type Ipv4Interface = z.infer<typeof Ipv4Interface>

export const Ipv6Interface = z
  .string()
  .refine((text) => isCidr(text, isIPv6, 128), 'is not an IPv6 address with a prefix length, as in fd20:1::1/64')
  .brand<'Ipv6Interface'>()
  .meta({
    id: 'Ipv6Interface',
    description: 'IPv6 address with the prefix length of its subnet.',
    examples: ['fd20:1::1/64'],
  })
export type Ipv6Interface = z.infer<typeof Ipv6Interface>

/** An address of either family. */
export const IpAddress = z
  .string()
  .refine((text) => isIPv4(text) || (isIPv6(text) && !text.includes('%')), 'is neither an IPv4 nor an IPv6 address')
  .meta({ id: 'IpAddress', description: 'IPv4 or IPv6 address.', examples: ['9.9.9.9'] })

const isName = (text: string): boolean => text.split('.').every((part) => part.length <= 63 && label.test(part))

/** A computer on the internet by name or address. */
export const Host = z
  .string()
  .max(253, 'is longer than 253 characters')
  .refine((text) => isIPv4(text) || isIPv6(text) || isName(text), 'is neither the name nor the address of a computer')
  .meta({ id: 'Host', description: 'Name or address of a computer.', examples: ['ptbtime1.ptb.de'] })

/** A DNS name of at least two labels, lower case, without the closing dot. */
export const DomainName = z
  .string()
  .max(253, 'is longer than 253 characters')
  .refine(
    (text) => text.includes('.') && isName(text),
    'is not a domain name of at least two labels in lower case, as in schule.lan',
  )
  .meta({
    id: 'DomainName',
    description: 'Domain name in lower case, of at least two labels.',
    examples: ['schule.lan'],
  })

export const Port = z
  .int()
  .min(1)
  .max(65_535)
  .meta({ id: 'Port', description: 'TCP or UDP port.', examples: [443] })

const isZone = (text: string): boolean => {
  try {
    return (
      /^[A-Za-z0-9_+/-]+$/.test(text) && Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions() !== undefined
    )
  } catch {
    return false
  }
}

export const TimeZone = z
  .string()
  .refine(isZone, 'is not a time zone of the IANA list, as in Europe/Berlin')
  .meta({ id: 'TimeZone', description: 'Time zone of the IANA list.', examples: ['Europe/Berlin'] })

/** Free words of people, in one line: they end up as comments in files of other programs. */
export const Line = z
  .string()
  .max(200, 'is longer than 200 characters')
  .refine((text) => !/\p{C}/u.test(text), 'holds a character that cannot be printed')
  .refine((text) => !text.includes('\uFFFD'), 'holds a letter that could not be read; save the file as UTF-8')
  .meta({ id: 'Line', description: 'One line of text.', examples: ['Computerraum 214'] })

/** RFC 5382 and common sense: what a school server forwards or serves. */
export const Transport = z.enum(['tcp', 'udp']).meta({ id: 'Transport', description: 'Transport protocol.' })
export type Transport = z.infer<typeof Transport>

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** Written `90s`, `45m`, `4h`, `7d`; inside whole seconds. */
export const Duration = z
  .codec(
    z.string().regex(/^[1-9]\d{0,6}[smhd]$/, 'is not a length of time, as in 90s, 45m, 4h or 7d'),
    z.int().positive(),
    {
      decode: (text) => Number(text.slice(0, -1)) * units[text.at(-1) as keyof typeof units],
      encode: (seconds) => {
        const unit = (['d', 'h', 'm'] as const).find((candidate) => seconds % units[candidate] === 0) ?? 's'
        return `${seconds / units[unit]}${unit}`
      },
    },
  )
  .meta({ id: 'Duration', description: 'A length of time in s, m, h or d.', examples: ['45m'] })
