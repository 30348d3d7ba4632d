import { BUCKETS } from '../../contracts/traffic-bucket';
import { block, mapBlock } from './configuration-block';
import { NginxSettings } from './nginx-settings';
import { percentage } from './split-clients';

/**
 * Whose requests are copied: a part of the users, spread independently of the releases. Requests that the release answers
 * itself are not copied, and none is while the kill switch is on.
 */
export function mirrorChoice({ mirror, upstreams, salt }: NginxSettings): string[] {
  if (mirror === undefined) {
    return mapBlock('""', '$mirror_release', [['default', '""']]);
  }
  const { label, basisPoints } = mirror;
  return [
    ...block(
      `split_clients "mirror:${salt}:$user" $mirror_sampled`,
      basisPoints === BUCKETS ? ['* yes;'] : [`${percentage(basisPoints)} yes;`, '* no;'],
    ),
    ...mapBlock('"$kill_switch:$mirror_sampled:$release"', '$mirror_release', [
      ['default', '""'],
      [`"off:yes:${label}"`, '""'],
      ['"~^off:yes:"', label],
    ]),
    ...mapBlock('$mirror_release', '$mirror_upstream', [
      ['default', '""'],
      [label, `"${upstreams[label]!}"`],
    ]),
  ];
}
