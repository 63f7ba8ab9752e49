import { hash } from 'node:crypto'
import type { RenderedFile } from '../../engine/resource.ts'
import { securePort, webPort } from './derive.ts'
import type { WebDesired } from './schema.ts'

/** The certificate of the box and its key, which nginx reads as root. */
export const certificateFile = '/var/lib/iserv/certificates/server.pem'
export const authorityFile = '/var/lib/iserv/certificates/ca.pem'
const keyFile = '/var/lib/iserv/certificates/server.key'

/** Where the running nginx tells what it has loaded, and where the page's own process listens. */
export const loadedSocket = '/run/nginx/loaded.sock'
/** Says which certificate lies there; written before nginx reads both, so that it may be late but never early. */
export const markFolder = '/var/lib/iserv/web'
export const markFile = `${markFolder}/certificate.conf`
/** For nginx: a pattern may match nothing, as on a new box. */
const markPattern = `${markFolder}/certificate.con[f]`
/** Where an ACME client puts what the authority asks for: docs/decisions/0055. */
export const challengeFolder = '/var/lib/iserv/acme'
export const pageSocket = '/run/iserv-page/http.sock'

/** Included by the image's /etc/nginx/nginx.conf. */
export function render(desired: WebDesired): readonly RenderedFile[] {
  const lines = [...tellTale(digestOf(desired)), ...pageLines(desired)]
  return [{ path: 'nginx.conf', text: `${lines.join('\n')}\n` }]
}

export function digestOf(desired: WebDesired): string {
  return hash('sha256', pageLines(desired).join('\n')).slice(0, 16)
}

function tellTale(digest: string): readonly string[] {
  return [
    'server {',
    `  listen unix:${loadedSocket};`,
    '  set $certificate "";',
    `  include ${markPattern};`,
    `  return 200 "${digest} $certificate";`,
    '}',
  ]
}

/**
 * What differs with the certificate: its digest, and whether browsers are to use nothing but TLS. They do for a month after
 * each visit, so only with a certificate that every browser trusts, and not with one of the box's own authority.
 * @param certificate its digest.
 */
export const markOf = (certificate: string, trusted: boolean): string =>
  [
    `set $certificate "${certificate}";`,
    ...(trusted ? ['set $insecure $scheme;', 'set $secure_only "max-age=2592000";'] : []),
    '',
  ].join('\n')

/** Forward secrecy, and ciphers that authenticate what they encrypt. */
const ciphers = 'ECDHE+AESGCM:ECDHE+CHACHA20'

/**
 * Only school networks are let in, whatever the firewall says. The limit is that of a person who reloads impatiently;
 * a device that asks more often gets 429 and costs the agent nothing.
 */
function pageLines({ page, challenges }: WebDesired): readonly string[] {
  if (page === undefined && !challenges) return []
  return [
    'limit_req_zone $binary_remote_addr zone=page:1m rate=5r/s;',
    'limit_req_status 429;',
    'server {',
    `  listen ${webPort} default_server;`,
    `  listen [::]:${webPort} default_server;`,
    ...(page === undefined ? [] : secure(page)),
    '  deny all;',
    ...(challenges ? challengeLines : []),
    ...(page === undefined ? [] : proxy),
    '}',
  ]
}

const secure = ({ names, networks }: NonNullable<WebDesired['page']>): readonly string[] => [
  `  listen ${securePort} ssl default_server;`,
  `  listen [::]:${securePort} ssl default_server;`,
  `  ssl_certificate ${certificateFile};`,
  `  ssl_certificate_key ${keyFile};`,
  '  ssl_protocols TLSv1.2 TLSv1.3;',
  `  ssl_ciphers ${ciphers};`,
  '  ssl_session_tickets off;',
  '  set $certificate "";',
  '  set $insecure "";',
  '  set $secure_only "";',
  `  include ${markPattern};`,
  // Only over TLS (RFC 6797, 7.2).
  '  if ($scheme = "http") {',
  '    set $secure_only "";',
  '  }',
  '  add_header Strict-Transport-Security $secure_only always;',
  `  server_name ${names.join(' ')};`,
  ...networks.map((network) => `  allow ${network};`),
]

const proxy: readonly string[] = [
  '  location / {',
  '    if ($insecure = "http") {',
  '      return 301 https://$server_name$request_uri;',
  '    }',
  '    limit_req zone=page burst=20 nodelay;',
  '    proxy_set_header X-Real-IP $remote_addr;',
  `    proxy_pass http://unix:${pageSocket}:;`,
  '  }',
]

/** One file by its name (RFC 8555, 8.3): no folder, no list of them, no way out, whatever is linked there. */
const challengeLines: readonly string[] = [
  '  location ~ "^/[.]well-known/acme-challenge/(?<token>[A-Za-z0-9_-]+)$" {',
  '    allow all;',
  '    limit_req zone=page burst=20 nodelay;',
  '    default_type application/octet-stream;',
  '    disable_symlinks on;',
  `    alias ${challengeFolder}/$token;`,
  '  }',
]
