/** `33.33 %`: a share with the decimals that it needs, at most two. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
