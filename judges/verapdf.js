// Validates PDFs with veraPDF's own classes, in Rhino: verapdf.js FLAVOUR FILE… (FLAVOUR as veraPDF names it: 2a, 3a, ua1).
// One line of JSON a file, in order: {"compliant": …, "failed": {"clause-test": how often}}.
var verapdf = Packages.org.verapdf;
var flavour = verapdf.pdfa.flavours.PDFAFlavour.byFlavourId(arguments[0]);
verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var foundry = verapdf.pdfa.Foundries.defaultInstance();
for (var number = 1; number < arguments.length; number++) {
  var failed = {};
  var compliant = false;
  try {
    var parser = foundry.createParser(new java.io.File(arguments[number]), flavour);
    var result = foundry.createValidator(flavour, false).validate(parser);
    compliant = result.isCompliant() == true;
    for (var each = result.getFailedChecks().entrySet().iterator(); each.hasNext(); ) {
      var entry = each.next();
      var rule = entry.getKey();
      failed[String(rule.getClause() + "-" + rule.getTestNumber())] = Number(entry.getValue());
    }
    parser.close();
  } catch (fault) {
    failed["unreadable"] = 1;
  }
  print(JSON.stringify({ compliant: compliant, failed: failed }));
}
