import { at } from './samples-people.ts'

/** Results of the commands about the directory and the certificate. */

const backup = {
  domain: 'schule.lan',
  sid: 'S-1-5-21-1004336348-1177238915-682003330',
  at: at('02:00'),
  samba: '4.22.11-Debian',
  revision: 412,
}
const file = '/var/lib/iserv/backups/directory-2026-08-19-0200.tar.zst'

const server = {
  names: ['server.schule.lan', 'schule.lan', 'dc1.schule.lan'],
  issuer: 'O=Gymnasium am Beispielweg, CN=Schulserver schule.lan',
  own: true,
  from: at('09:30'),
  to: at('09:30') + 397 * 86_400_000,
  fingerprint: Array.from({ length: 32 }, () => '5F').join(':'),
}

export const directorySamples: Readonly<Record<string, unknown>> = {
  'directory status': {
    declared: true,
    domain: 'schule.lan',
    works: true,
    detail: '',
    findings: [{ code: 'directory-serves', severity: 'ok', message: 'Anmeldungen werden beantwortet.' }],
    backup: { file, at: at('02:00') },
  },
  'directory status without a backup': {
    declared: true,
    domain: 'schule.lan',
    works: false,
    detail: '',
    findings: [
      {
        code: 'directory-silent',
        severity: 'error',
        message: 'Niemand kann sich anmelden: Das Verzeichnis antwortet nicht.',
      },
    ],
    backup: null,
  },
  'directory status of a state that cannot be read': {
    declared: null,
    domain: null,
    works: false,
    detail: 'Generation 12 was made by a newer agent',
    findings: [],
    backup: null,
  },
  'directory status without a directory': {
    declared: false,
    domain: 'schule.lan',
    works: true,
    detail: '',
    findings: [],
    backup: null,
  },
  'directory backup': { ...backup, file, size: 9_400_000 },
  'directory restore': { ...backup, people: 1184, peopleNow: 1201, restored: false },
  'directory restore done': { ...backup, people: 1184, peopleNow: 1201, restored: true },
  'certificate show': {
    server,
    authority: {
      subject: 'O=Gymnasium am Beispielweg, CN=Schulserver schule.lan',
      to: at('09:30') + 7300 * 86_400_000,
      fingerprint: Array.from({ length: 32 }, () => 'A0').join(':'),
      certificate: '-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n',
    },
    waiting: false,
    authorityOnly: false,
  },
  'certificate request': {
    names: server.names,
    request: '-----BEGIN CERTIFICATE REQUEST-----\nMIIB…\n-----END CERTIFICATE REQUEST-----\n',
  },
  'certificate install': { ...server, issuer: 'C=DE, O=Landkreis Beispiel, CN=Zertifikate', own: false },
}
