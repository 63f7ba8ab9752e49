import type { RenderedFile } from '../../engine/resource.ts'
import { controllerName, netbiosOf, realmOf } from '../../model/directory-tree.ts'
import { closedRpcPort, rpcPorts } from '../../model/directory-ports.ts'
import { certificateFolder, logFolder, sharesFile, sysvolFolder } from './paths.ts'
import type { DirectoryDesired, Domain } from './schema.ts'

/** smb.conf: the domain controller's own part; what the school shares is included at its end. */
export function render({ domain }: DirectoryDesired): readonly RenderedFile[] {
  if (domain === undefined) return []
  const lines = [
    ...section('global', globalSettings(domain)),
    ...section('sysvol', { path: sysvolFolder, 'read only': 'no' }),
    ...section('netlogon', { path: `${sysvolFolder}/${domain.name}/scripts`, 'read only': 'no' }),
    `include = ${sharesFile}`,
  ]
  return [{ path: 'smb.conf', text: `${lines.join('\n')}\n` }]
}

type Settings = Readonly<Record<string, string>>

function section(name: string, settings: Settings): readonly string[] {
  return [`[${name}]`, ...Object.entries(settings).map(([key, value]) => `  ${key} = ${value}`), '']
}

function globalSettings(domain: Domain): Settings {
  return { ...identity(domain), ...network(domain), ...security, ...records, ...files }
}

const identity = ({ name }: Domain): Settings => ({
  'netbios name': controllerName.toUpperCase(),
  realm: realmOf(name),
  workgroup: netbiosOf(name),
  'server role': 'active directory domain controller',
  'ad dc functional level': '2016',
  'idmap_ldb:use rfc2307': 'yes',
})

/** Beside unbound: the domain controller has its own address and asks the box for what is not in its domain. */
const network = ({ address, resolver }: Domain): Settings => ({
  interfaces: address,
  'bind interfaces only': 'yes',
  'dns forwarder': resolver,
  'disable netbios': 'yes',
  'smb ports': '445',
  'rpc server dynamic port range': `${rpcPorts.from}-${rpcPorts.to}`,
  'rpc server port:samr': String(closedRpcPort),
  // Names come from the school state. What the domain controller itself needs it writes over RPC, with its own account.
  'allow dns updates': 'disabled',
  'dns update command': '/usr/sbin/samba_dnsupdate --use-samba-tool',
})

const security: Settings = {
  'server min protocol': 'SMB2_10',
  'ntlm auth': 'mschapv2-and-ntlmv2-only',
  'ldap server require strong auth': 'yes',
  // Whoever gives no password learns no names of accounts.
  'restrict anonymous': '2',
  'tls enabled': 'yes',
  'tls keyfile': `${certificateFolder}/server.key`,
  'tls certfile': `${certificateFolder}/server.pem`,
  'tls cafile': `${certificateFolder}/ca.pem`,
  // Forward secrecy, and ciphers that authenticate what they encrypt.
  'tls priority':
    'NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-CIPHER-ALL:+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305',
  'template shell': '/bin/false',
  'template homedir': '/var/srv/homes/%U',
}

/** Who signed in where, whose password was changed by whom: one line of JSON each. */
const records: Settings = {
  logging: 'file',
  'log file': `${logFolder}/samba.log`,
  'max log size': '10000',
  'log level': [
    '1',
    `auth_json_audit:3@${logFolder}/sign-in.json`,
    `dsdb_password_json_audit:5@${logFolder}/password.json`,
    `dsdb_group_json_audit:5@${logFolder}/group.json`,
  ].join(' '),
}

const files: Settings = {
  'load printers': 'no',
  printing: 'bsd',
  'printcap name': '/dev/null',
  'disable spoolss': 'yes',
  'inherit acls': 'yes',
  'map acl inherit': 'yes',
  'access based share enum': 'yes',
  'hide unreadable': 'yes',
}
