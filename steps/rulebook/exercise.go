package rulebook

import "maps"

// Exercise is a scenario of the lab that reaches a rule: the place of Homes that it reaches.
type Exercise struct{ Scenario, Place string }

// Exercises names for each rule the scenario that exercises it. A test plays these scenarios.
func Exercises() map[string]Exercise {
	all := sourceExercises()
	maps.Copy(all, firstExercises())
	return all
}

// sourceExercises are those of the rules that the source documents number.
func sourceExercises() map[string]Exercise {
	const pair, ec = "signed-pair", "ecdsa-11.5"
	return map[string]Exercise{
		"EC-7":  {"regenerate-11.5", "row: Choose how to handle tomcat-ECDSA"},
		"PRE-9": {"first-public", "row: Choose who signs the certificates"},
		"CLI-1": {pair, "address: 443 AppAdmin of Unified CCX"},
		"CLI-2": {pair, "address: 443 AppAdmin of Unified CCX"},
		"CLI-3": {pair, "address: 7443 Notification of Unified CCX"},
		"CLI-4": {pair, "address: 8445 Finesse of Unified CCX"},
		"CLI-5": {pair, "address: 8445 Finesse of Unified CCX"},
		"CLI-6": {pair, "address: 443 Chat of Customer Collaboration Platform"},
		"CLI-7": {pair, "address: 8444 CUIC of Unified CCX"},
		"CLI-8": {pair, "address: 12015 Live Data of Unified CCX"},
		"EC-1":  {ec, "row: Choose how to handle tomcat-ECDSA"},
		"EC-2":  {ec, "row: Install the tomcat-ECDSA certificate"},
		"EC-3":  {"ecdsa-cop", "row: Install the COP file for tomcat-ECDSA"},
		"EC-4":  {ec, "row: Choose how to handle tomcat-ECDSA"},
		"EC-5":  {ec, "row: Restart"},
		"EC-6":  {"ecdsa-cop", "row: Install the COP file for tomcat-ECDSA"},
		"PRE-1": {pair, "row: Log in to every node"},
		"PRE-2": {pair, "row: Check prerequisites"},
		"PRE-3": {"domain", "row: Regenerate the certificate"},
		"PRE-4": {pair, "row: Check prerequisites"},
		"PRE-5": {pair, "row: Generate a CSR on each node"},
		"PRE-6": {"multi-server", "row: Generate the multi-server CSR"},
		"PRE-7": {pair, "row: Check prerequisites"},
		"PRE-8": {pair, "row: Generate a CSR on each node"},
		"REL-1": {pair, "trust: Customer Collaboration Platform into Unified CCX"},
		"REL-2": {pair, "trust: Unified CCX into Customer Collaboration Platform"},
		"REL-3": {"thirdparty", "row: Restart Cisco Unified CCX Engine"},
		"REL-4": {"ucce", "trust: Live Data into Finesse"},
		"REL-5": {"largest", "trust: MediaSense into Unified CCX"},

		"SELF-1": {"regenerate", "row: Exchange certificates between products"},
		"SELF-2": {"selfsigned", "row: Exchange certificates between products"},
		"SELF-3": {"regenerate-11.5", "row: Regenerate tomcat-ECDSA"},
		"SELF-4": {pair, "client kit"},

		"SIG-1": {pair, "row: Generate a CSR on each node"},
		"SIG-2": {pair, "row: Prepare the CSRs for the CA"},
		"SIG-3": {pair, "row: Load the CA's reply"},
		"SIG-4": {pair, "row: Upload the root"},
		"SIG-5": {pair, "row: Upload the intermediates"},
		"SIG-6": {pair, "row: Verify the chain on the subscriber"},
		"SIG-7": {pair, "row: Install the certificate"},
		"SIG-8": {pair, "row: Restart"},
		"SIG-9": {"ucce", "trust: Live Data into Unified Intelligence Center"},
		"TRB-1": {"cucm-critical", "row: Check peer certificates"},
		"TRB-2": {"san-mismatch", "check: san"},
		"TRB-3": {"san-dropped", "check: fqdn"},
		"TRB-4": {pair, "advice: login-logjam"},
		"VER-1": {pair, "row: Functional tests with agents"},
		"VER-2": {pair, "row: Functional tests with agents"},
		"VER-3": {pair, "row: Functional tests with agents"},
		"VER-4": {pair, "row: Functional tests with agents"},
	}
}

// firstExercises are those of first deployments.
func firstExercises() map[string]Exercise {
	return map[string]Exercise{
		"FIRST-1": {"first-deployment", "row: Check names, domain and DNS"},
		"FIRST-2": {"first-deployment", "row: Check clock and NTP"},
		"FIRST-3": {"first-deployment", "row: Regenerate the certificate"},
		"FIRST-4": {"first-public", "row: Choose who signs the certificates"},
		"FIRST-5": {"first-deployment", "row: Install the certificate"},
		"FIRST-6": {"first-selfsigned", "row: Exchange certificates between products"},
		"FIRST-7": {"first-deployment", "row: Prepare the client PCs"},
		"FIRST-8": {"first-deployment", "row: Functional tests with agents"},
	}
}
