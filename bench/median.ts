/** The middle of the samples; of an even number the upper one of the two. */
export const median = (samples: readonly number[]): number => [...samples].sort((one, other) => one - other)[Math.floor(samples.length / 2)] ?? Number.NaN;
