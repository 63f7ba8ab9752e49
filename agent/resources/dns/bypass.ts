import type { FilterList } from '../../model/filters.ts'

/**
 * Names by which browsers and phones ask whether they may send their DNS questions elsewhere: Firefox
 * (use-application-dns.net) and Apple's relay (mask…). That the names do not exist is the makers' documented way for a
 * network to say no, and without it a filtered room would not be filtered. The underscore keeps it apart from lists
 * of the school.
 */
export const bypassList = {
  name: '_bypass',
  domains: ['use-application-dns.net', 'mask.icloud.com', 'mask-h2.icloud.com'],
} as const satisfies FilterList
