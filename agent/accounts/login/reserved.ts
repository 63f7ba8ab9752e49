import { roleGroups } from '../../model/role-groups.ts'

/**
 * Names that nobody can have: a file, an account, a group or a mailbox of that name is something else already, to Windows, to
 * Samba, to Debian or to the mail of the world.
 */

const names = (list: string): readonly string[] => list.trim().split(/\s+/)

/** Devices of Windows: no file or folder can be called so, with whatever ending. */
const devices = names(`
  con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9
`)

/** Accounts and groups of one word that a new directory has. */
const directory = names(`
  administrator administrators guest guests krbtgt users replicator dnsadmins dnsupdateproxy dc1 everyone system self
  network batch interactive service anonymous dialup local
`)

/** Accounts and groups of Debian (base-passwd) and of the services on a box. */
const unix = names(`
  root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody nogroup adm tty disk
  kmem dialout fax voice cdrom floppy tape sudo audio dip operator src shadow utmp video sasl plugdev staff messagebus
  sshd chrony unbound freerad winbindd_priv ssl-cert samba nginx kea postgres mysql redis dovecot postfix ntp polkitd
  halt shutdown reboot
`)

/** RFC 2142, and what certificate authorities write to. */
const mailboxes = names(`
  info marketing sales support abuse noc security postmaster hostmaster usenet webmaster www ftp admin ssladmin
  sysadmin mailer-daemon noreply no-reply
`)

const reserved: ReadonlySet<string> = new Set([
  ...devices,
  ...directory,
  ...unix,
  ...mailboxes,
  ...roleGroups.map(({ name }) => name),
])

/** Prefixes of names that the box gives itself. */
const ours = /^(iserv|svc|systemd|_)([._-]|$)/

/** Is this a name that neither a person nor a group can have? */
export function isReserved(name: string): boolean {
  return reserved.has(name) || devices.includes(name.split('.')[0] ?? '') || ours.test(name)
}
