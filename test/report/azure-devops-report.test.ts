import fc from 'fast-check';
import { azureDevOpsReport } from '../../lib/report/azure-devops-report';
import { RunReport } from '../../lib/report/run-report';
import { anyReport } from './arbitrary-report';
import { azureCommands, githubCommands } from './log-readers';
import { CLEAN, MODEL_CHANGE, sampleFinding, sampleReport } from './sample-reports';

test('a report without findings is a line of the log and no command', () => {
  expect(azureDevOpsReport(CLEAN)).toBe(
    'model-lifecycle review: go: nothing about models changes, and nothing is wrong; 0 errors, 0 warnings, 0 notes, 0 waived, 0 carried over, as of 2026-11-21 (catalogue of 2026-10-05)\n',
  );
});

test('errors and warnings are issues at the line that declares them, notes are lines of the log', () => {
  expect(azureDevOpsReport(MODEL_CHANGE).split('\n')).toEqual([
    'model-lifecycle review: stop: the route gpt-4o@2024-08-06 leads to the deployment chat, which this plan destroys; 1 error, 1 warning, 1 note, 1 waived, 1 carried over, as of 2026-11-21 (catalogue of 2026-10-05)',
    '##vso[task.logissue type=error;code=route-to-destroyed;]azurerm_api_management_api_policy.gateway: the route gpt-4o@2024-08-06 leads to the deployment chat, which this plan destroys%3B fix: take the deployment out of the route first and apply that, then destroy it',
    '##vso[task.logissue type=warning;sourcepath=bin/app.ts;linenumber=42;code=model-retiring;]azurerm_cognitive_deployment.chat in plan.json: gpt-4o@2024-11-20 on Standard retires on 2027-03-31, in 130 days%3B fix: deploy gpt-5.1@2025-11-13 beside it, move traffic, then remove this one',
    'note traffic-jumps: azurerm_cognitive_deployment.chat in plan.json: 10 % of the traffic moves at once; fix: deploy gpt-5.1@2025-11-13 beside it, move traffic, then remove this one',
    '',
  ]);
});

describe('the task', () => {
  const waived = { reason: 'a hotfix', owner: 'team', expires: '2026-12-01' };

  test.each([
    ['succeeds with issues where nothing fails', { severity: 'warning' }, 'error', true],
    ['succeeds with issues where nothing may fail', { severity: 'error' }, 'never', true],
    ['is left to the exit code where an error fails', { severity: 'error' }, 'error', false],
    ['is left to the exit code where an error fails, warnings too', { severity: 'error' }, 'warning', false],
    ['is left to the exit code where a warning fails', { severity: 'warning' }, 'warning', false],
    ['succeeds with notes', { severity: 'note' }, 'error', false],
    ['succeeds with what is waived', { severity: 'error', waived }, 'error', false],
  ] as const)('%s', (_what, finding, failOn, hasIssues) => {
    const text = azureDevOpsReport(sampleReport({ failOn, findings: [sampleFinding(finding)] }));
    expect(text.endsWith('\n##vso[task.complete result=SucceededWithIssues;]\n')).toBe(hasIssues);
    expect(text).not.toContain('result=Failed');
  });
});

test('the agent reads back what was written', () => {
  const finding = sampleFinding({
    resource: { address: 'a["x"]', type: 'a', declaredAt: 'lib/a;b].ts:7' },
    message: '100 % %3B %AZP25 ; ] done',
    fix: 'none',
  });
  expect(azureCommands(azureDevOpsReport(sampleReport({ findings: [finding] })))[0]).toEqual({
    name: 'task.logissue',
    properties: { type: 'warning', sourcepath: 'lib/a;b].ts', linenumber: '7', code: 'model-retiring' },
    data: 'a["x"]: 100 % %3B %AZP25 ; ] done; fix: none',
  });
});

test('whatever is written, the agent finds issues and the end of the task, and the runner of GitHub nothing', () => {
  fc.assert(
    fc.property(anyReport, (report: RunReport) => {
      const text = azureDevOpsReport(report);
      const issues = report.findings.filter(
        ({ waived, carriedOver, severity }) => !waived && !carriedOver && severity !== 'note',
      );
      const names = azureCommands(text).map(({ name }) => name);
      expect(names.filter((name) => name === 'task.logissue')).toHaveLength(issues.length);
      expect(names.filter((name) => name !== 'task.logissue' && name !== 'task.complete')).toEqual([]);
      expect(githubCommands(text)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
