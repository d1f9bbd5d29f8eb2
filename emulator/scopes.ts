/**
 * `ZohoCRM.users.ALL` covers `ZohoCRM.users.READ`, and `ZohoCRM.settings.ALL` what is below
 * settings, without client portals: Zoho's portal pages name no scope but `settings.clientportal`.
 */
export function covers(granted: string, wanted: string): boolean {
	if (granted === wanted) return true;
	const area = granted.replace(/\.ALL$/, '');
	if (area === granted) return false;
	if (wanted.replace(/\.\w+$/, '') === area) return true;
	return (
		area === 'ZohoCRM.settings' &&
		wanted.startsWith(`${area}.`) &&
		!wanted.startsWith(`${area}.clientportal.`)
	);
}
