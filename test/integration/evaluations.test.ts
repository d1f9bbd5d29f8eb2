import { WorkflowExpression } from 'n8n-workflow';

import { asItems, ofDealers, useHarness } from '../../harness/harness';

const harness = useHarness();

const OF_ITEM = '={{ $json.id }}';

// n8n takes longer to evaluate an expression than this node does for the rest of an item.
test.each([
	['people', 'portalUser.delete', ofDealers(OF_ITEM)],
	['a CRM user', 'user.get', { user: OF_ITEM }],
])('the expression for %s is evaluated once for an item', async (_, operation, parameters) => {
	const ids = harness.addUsers(100);
	const evaluate = jest.spyOn(WorkflowExpression.prototype, 'getParameterValue');
	await harness.run(operation, parameters, { input: asItems(ids) });
	const evaluated = evaluate.mock.calls.filter(([value]) => value === OF_ITEM);
	evaluate.mockRestore();
	expect(evaluated).toHaveLength(ids.length);
});
