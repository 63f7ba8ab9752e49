import { defineResource } from '../../engine/resource.ts'
import { apply } from './apply.ts'
import { derive } from './derive.ts'
import { observe } from './observe.ts'
import { describe, plan } from './plan.ts'
import { probe } from './probe.ts'
import type { CertificatesActual, CertificatesDesired, CertificatesStep } from './schema.ts'

/** The box's own authority and its certificate. Secrets do not belong into generations: no file is rendered. */
export const certificates = defineResource<CertificatesDesired, CertificatesActual, CertificatesStep>({
  name: 'certificates',
  after: [],
  derive,
  render: () => [],
  check: async () => undefined,
  observe,
  plan,
  describe,
  apply,
  probe,
})
