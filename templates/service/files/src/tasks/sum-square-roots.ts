/** The sample task: a loop that costs about a nanosecond for each count. */
export function sumSquareRoots({ count }: { readonly count: number }): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += Math.sqrt(index);
  return sum;
}
