/** What Samba's own test of file servers asks of ours, and what it does not: every test of its list is in here, by group. */

export interface Group {
  /** What must fail, and why that is right. One that no longer fails has to go from here. */
  readonly failing?: Readonly<Record<string, string>>
  /** What says by itself that it does not apply. */
  readonly skipping?: Readonly<Record<string, string>>
  /** What is not run: with the name of the group in front it is a name of the list, or the beginning of some. */
  readonly omitted?: Readonly<Record<string, string>>
  /** Each test for itself in an empty home: they leave folders behind that their makers have locked themselves out of. */
  readonly apart?: boolean
}

const upstream = 'Samba lists it among the known failures of its own file server'
const privilege = 'gives the file to somebody else, which a pupil may not'
const quotas = 'asks for the limits of everybody, which a pupil may not'
const nobody = 'becomes nobody in the midst of it, who may not use a home'
const anonymous = 'signs in without a name, which nobody may'
const kerberos = 'wants tickets that are about to expire'
const refusedBefore = 'its second connection is refused before it comes to the point'
const other = 'wants a server that is set up for this test alone'
const slow = 'waits for many seconds and asks nothing that the others do not'
const scan = 'looks for calls that exist, and judges nothing'
const bench = 'measures, and judges nothing'

/** Groups of which every test is run, but for what is said here. */
export const groups: Readonly<Record<string, Group>> = {
  'smb2.connect': {},
  'smb2.mkdir': {},
  'smb2.rw': {},
  'smb2.read': { skipping: { bug14607: 'wants a server made for tests' } },
  'smb2.dir': {
    failing: { one: upstream, modify: upstream },
    skipping: { 'file-index': 'asks for what only some servers of Windows tell' },
    omitted: { '1kfiles_rename': slow, 'large-files': slow, many: slow },
  },
  'smb2.getinfo': { failing: { complex: upstream, fsinfo: `${upstream}: ${quotas}` } },
  'smb2.setinfo': { failing: { setinfo: upstream } },
  'smb2.create': {
    failing: {
      gentest: upstream,
      blob: upstream,
      open: upstream,
      aclfile: privilege,
      acldir: privilege,
      'quota-fake-file': quotas,
    },
    skipping: { 'path-length': 'wants somebody who looks on' },
    omitted: { 'bench-path-contention-shared': bench },
  },
  'smb2.oplock': {
    failing: { stream1: upstream },
    omitted: { batch22a: slow, batch22b: 'wants to close the network of the client' },
  },
  'smb2.rename': { failing: { simple_nodelete: upstream, no_share_delete_no_delete_access: upstream } },
  'smb2.delete-on-close-perms': {},
  'smb2.acls': { failing: { SDFLAGSVSCHOWN: privilege }, apart: true },
  'smb2.acls_non_canonical': {
    failing: { flags: `${other}: rights that are inherited are put in order here, as Windows does it` },
  },
  'smb2.sharemode': {},
  'smb2.deny': {},
  'smb2.lock': {
    skipping: {
      'rw-none': 'wants a fault of one old Windows',
      replay_broken_windows: 'wants a fault of old Windows',
      'open-brlock-deadlock': other,
      'ctdb-delrec-deadlock': 'wants a cluster',
    },
  },
  'smb2.compound': {},
  'smb2.compound_find': { omitted: { compound_find_close: slow } },
  'smb2.check-sharemode': {},
  'smb2.fileid': {},
  'smb2.openattr': {},
  'smb2.winattr': {},
  'smb2.winattr2': {},
  'smb2.sdread': {},
  'smb2.tcon': {},
  'smb2.session-id': {},
  'smb2.session-require-signing': {},
  'smb2.session': {
    failing: {
      reauth2: nobody,
      reauth3: nobody,
      reauth4: nobody,
      reauth5: nobody,
      bind_negative_smb3signCtoHd: refusedBefore,
      bind_negative_smb3signHtoCd: refusedBefore,
      'anon-signing1': anonymous,
      'anon-signing2': anonymous,
      'anon-encryption2': anonymous,
    },
    skipping: {
      bind_different_user: 'wants a second person',
      expire1n: kerberos,
      expire1s: kerberos,
      expire1e: kerberos,
      expire2s: kerberos,
      expire2e: kerberos,
      expire_disconnect: kerberos,
    },
  },
  'smb2.stream-inherit-perms': {},
  'smb2.streams': { failing: { rename2: upstream } },
  // Speaks nothing but SMB 1, which the school's server refuses: run against the same server with that door open.
  base: {
    failing: {
      'delete.deltest16a': upstream,
      'delete.deltest17a': upstream,
      'charset.Testing partial surrogate': 'gives files half a character for a name, which a name on Linux cannot have',
    },
    skipping: { 'delete.deltest20': 'asks for a file system that is read-only' },
    omitted: {
      delaywrite: slow,
      birthtime: slow,
      'lock.LOCK1': slow,
      dir2: slow,
      deny1: slow,
      deny2: slow,
      ntdeny1: slow,
      ntdeny2: slow,
      defer_open: slow,
      secleak: slow,
      casetable: slow,
      utable: slow,
      disconnect: slow,
      iometer: bench,
      'bench-': bench,
      'scan-': scan,
      'trans2-scan': scan,
      nttrans: scan,
      'smb.': scan,
      createx_: 'tries every combination of rights, for minutes',
      maximum_allowed: 'asks for rights of an administrator',
      samba3error: other,
      'smb1-twrp-openroot': 'asks for previous versions, of which there are none',
      'smb1-find-gmt-mask': 'asks for previous versions, of which there are none',
    },
  },
}

const waits = 'how a client that was cut off, or caches much, finds its way back: no program of a school depends on it'

/** Groups of SMB 2 and 3 that are not run, by how their names begin. */
export const otherGroups: Readonly<Record<string, string>> = {
  lease: waits,
  dirlease: waits,
  durable: waits,
  replay: waits,
  multichannel: waits,
  credits: waits,
  notify: 'what a client is told of changes by others: it looks again by itself',
  change_notify_disabled: other,
  ioctl: 'calls that ask for what the file system may or may not have',
  'set-sparse-ioctl': 'calls that ask for what the file system may or may not have',
  'zero-data-ioctl': 'calls that ask for what the file system may or may not have',
  'kernel-oplocks': other,
  compound_async: other,
  aio_delay: other,
  async_dosmode: other,
  create_no_streams: other,
  dosmode: other,
  ea: other,
  timestamp: 'how exact times are kept: that of the file system',
  twrp: 'asks for previous versions, of which there are none',
  charset: 'as base.charset',
  maximum_allowed: privilege,
  'name-mangling': 'names for programs of 1995',
  samba3misc: slow,
  secleak: slow,
  hold: 'goes on until somebody stops it',
  maxfid: 'opens as many files as the server lets it, for minutes',
  bench,
  scan,
}
