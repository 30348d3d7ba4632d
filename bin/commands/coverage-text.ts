import { soldBy } from '../../lib/catalog/catalog-age';
import { counted } from '../../lib/contracts/counted';
import { SellerCoverage } from '../../lib/model-list';

/** Says of a seller whom a list makes no younger why; nothing of one whom it does. */
export function coverageText({ cloud, seller, known, listed, asOf, uncovered }: SellerCoverage): string[] {
  if (uncovered === undefined) {
    return [];
  }
  const where = cloud === 'public' ? '' : ' in Azure Government';
  const why = {
    unfinished: 'a list is cut off, so that what it leaves out is not known',
    'too-few': `${listed} of ${counted(known, 'model version')} known to be alive ${listed === 1 ? 'is' : 'are'} listed, less than half, so that nothing is told of the others`,
  }[uncovered];
  return [`  models ${soldBy(seller)}${where} stay known as of ${asOf}: ${why}`];
}
