/** One account and as many deployments as asked for, named by the prefix and a number. */
export function manyDeployments(count: number, prefix = 'deployment') {
  const deployments = Array.from({ length: count }, (_, index) => [
    `d${index}`,
    {
      name: `${prefix}-${index}`,
      cognitive_account_id: '${azurerm_cognitive_account.main.id}',
      model: {
        format: 'OpenAI',
        name: index % 3 === 0 ? 'gpt-4o' : 'gpt-5.1',
        version: index % 3 === 0 ? '2024-08-06' : '2025-11-13',
      },
      sku: { name: 'GlobalStandard', capacity: index + 1 },
    },
  ]);
  return {
    resource: {
      azurerm_cognitive_account: { main: { name: prefix, location: 'swedencentral' } },
      azurerm_cognitive_deployment: Object.fromEntries(deployments) as Record<string, unknown>,
    },
  };
}
