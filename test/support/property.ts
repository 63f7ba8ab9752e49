import fc from 'fast-check'

/**
 * fast-check with a fixed seed: a property that fails does so in every run, and prints its smallest counterexample. `SEED=7`
 * in the environment tries other examples.
 */

fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_201) })

export { fc }
