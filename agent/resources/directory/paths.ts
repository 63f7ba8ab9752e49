/** Where things of the directory lie on the box. */

export const configFile = '/var/lib/iserv/current/directory/smb.conf'
export const sharesFile = '/var/lib/iserv/current/shares/shares.conf'
export const dataFolder = '/var/lib/samba'
/** Written last when a directory is made: whose it is. */
export const madeFile = `${dataFolder}/provisioned.json`
export const sysvolFolder = `${dataFolder}/sysvol`
export const logFolder = '/var/log/samba'

export const unit = 'samba-ad-dc.service'
export const provisionUnit = 'iserv-directory-provision.service'

export const certificateFolder = '/var/lib/iserv/certificates'
export const certificateFile = `${certificateFolder}/server.pem`
/** What the running domain controller started with: copied by its unit before it reads. */
export const loadedCertificate = '/run/samba/certificate.pem'

/** Passwords of the services' accounts, one file each, for root alone. */
export const secretFile = (account: string): string => `/var/lib/iserv/secrets/${account}`
