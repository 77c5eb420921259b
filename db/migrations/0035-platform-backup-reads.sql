-- A backup reads as the owner, on whom row security is forced too, acting for the whole country. These tables were shown
-- to it only by way of others; said plainly, a backup can be sure that it sees them whole and need not close them for it.
create policy import_whole on documents.import for select using (platform.everywhere());
create policy derivation_whole on plans.derivation for select using (platform.everywhere());
create policy duty_whole on plans.duty for select using (platform.everywhere());
create policy node_whole on plans.node for select using (platform.everywhere());
create policy node_basis_whole on plans.node_basis for select using (platform.everywhere());
create policy node_programme_whole on plans.node_programme for select using (platform.everywhere());
create policy node_version_whole on plans.node_version for select using (platform.everywhere());
create policy parent_whole on plans.parent for select using (platform.everywhere());
create policy plan_version_whole on plans.plan_version for select using (platform.everywhere());
