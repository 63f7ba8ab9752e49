/** Where things of the resolver lie on the box. */

export const currentFolder = '/var/lib/iserv/current/dns'
/** Lists as schools put them there. */
export const filterFolder = '/var/lib/iserv/filters'
/** Compiled lists, a folder for each set of lists and profiles. */
export const compiledFolder = '/var/lib/iserv/dns'
/** Part of the image. */
export const emptyFile = '/etc/unbound/local.d/nothing.conf'
export const controlSocket = '/run/unbound.ctl'

export const blockedFile = (shape: string): string => `${compiledFolder}/${shape}/blocked.conf`
export const onlyFile = (shape: string, profile: string): string => `${compiledFolder}/${shape}/only-${profile}.conf`
export const reportFile = (shape: string): string => `${compiledFolder}/${shape}/report.json`
