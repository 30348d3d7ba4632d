import fc from 'fast-check';
import { githubReport } from '../../lib/report/github-report';
import { anyReport } from './arbitrary-report';
import { azureCommands, githubCommands } from './log-readers';
import { CLEAN, manyFindings, MODEL_CHANGE, sampleFinding, sampleReport } from './sample-reports';

test('a report without findings is a notice that says so', () => {
  expect(githubReport(CLEAN)).toBe(
    '::notice title=model-lifecycle review::go: nothing about models changes, and nothing is wrong; 0 errors, 0 warnings, 0 notes, 0 waived, 0 carried over, as of 2026-11-21 (catalogue of 2026-10-05)\n',
  );
});

test('findings stand at the line that declares them, worst first; waived ones and those carried over are counted', () => {
  expect(githubReport(MODEL_CHANGE).split('\n')).toEqual([
    '::notice title=model-lifecycle review::stop: the route gpt-4o@2024-08-06 leads to the deployment chat, which this plan destroys; 1 error, 1 warning, 1 note, 1 waived, 1 carried over, as of 2026-11-21 (catalogue of 2026-10-05)',
    '::error title=route-to-destroyed%3A azurerm_api_management_api_policy.gateway::the route gpt-4o@2024-08-06 leads to the deployment chat, which this plan destroys%0Afix: take the deployment out of the route first and apply that, then destroy it',
    '::warning file=bin/app.ts,line=42,title=model-retiring%3A azurerm_cognitive_deployment.chat in plan.json::gpt-4o@2024-11-20 on Standard retires on 2027-03-31, in 130 days%0Afix: deploy gpt-5.1@2025-11-13 beside it, move traffic, then remove this one',
    '::notice file=bin/app.ts,line=42,title=traffic-jumps%3A azurerm_cognitive_deployment.chat in plan.json::10 %25 of the traffic moves at once%0Afix: deploy gpt-5.1@2025-11-13 beside it, move traffic, then remove this one',
    '',
  ]);
});

test('the notice says how many annotations GitHub does not show', () => {
  const [notice, ...annotations] = githubCommands(githubReport(manyFindings(60)));
  const levels = annotations.map(({ name }) => name);
  const count = (level: string) => levels.filter((name) => name === level).length;
  const hidden = count('error') - 10 + count('warning') - 10 + count('notice') - 9;
  expect(levels).toEqual([...levels].sort((left, right) => ORDER.indexOf(left) - ORDER.indexOf(right)));
  expect(hidden).toBe(19);
  expect(notice!.data).toContain('; GitHub shows 10 annotations of a level, 19 more stand in the log of this step');
});

const ORDER = ['error', 'warning', 'notice'];

test('the runner reads back what was written', () => {
  const finding = sampleFinding({
    severity: 'error',
    resource: { address: 'a["x,y:z=1%3A"]', type: 'a', declaredAt: 'lib/a,b:c%.ts:7' },
    message: '100 %25 :: , = ]',
    fix: 'none',
  });
  const [, command] = githubCommands(githubReport(sampleReport({ findings: [finding] })));
  expect(command).toEqual({
    name: 'error',
    properties: { file: 'lib/a,b:c%.ts', line: '7', title: 'model-retiring: a["x,y:z=1%3A"]' },
    data: '100 %25 :: , = ]\nfix: none',
  });
});

test('whatever is written, the runner finds one command for each finding that counts and one more, and the agent of Azure none', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const text = githubReport(report);
      const counted = report.findings.filter(({ waived, carriedOver }) => !waived && !carriedOver);
      expect(githubCommands(text).map(({ name }) => name)).toEqual([
        'notice',
        ...ORDER.flatMap((level) =>
          counted.filter(({ severity }) => severity === level.replace('notice', 'note')).map(() => level),
        ),
      ]);
      expect(azureCommands(text)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
