/** Ports on which a domain controller answers the school's networks. Names, time and ping are open anyway. */

/** Windows asks port 135 where in this range a service listens; Samba takes a handful of them. */
export const rpcPorts = { from: 49_152, to: 49_183 } as const

/**
 * Where the accounts (SAMR) are served without SMB. Samba lists all of them there to whoever gives no password, whatever
 * `restrict anonymous` says, so the firewall does not open it; Windows and Samba manage accounts over SMB.
 */
export const closedRpcPort = rpcPorts.to + 1

/** Kerberos, RPC, LDAP, SMB, changing passwords, LDAP over TLS, the global catalogue. */
const tcp = [88, 135, 389, 445, 464, 636, 3268, 3269] as const
const udp = [88, 389, 464] as const

/** As services of the box's firewall. */
export const directoryServices = [
  {
    name: 'directory-tcp',
    protocol: 'tcp' as const,
    ports: [...tcp, ...Array.from({ length: rpcPorts.to - rpcPorts.from + 1 }, (_, index) => rpcPorts.from + index)],
    from: ['school' as const],
    guarded: true,
  },
  { name: 'directory-udp', protocol: 'udp' as const, ports: [...udp], from: ['school' as const], guarded: true },
]
