/** `33.33 %`: a share from 0 to 1 with the decimals that it needs, at most two. */
export function shareText(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
