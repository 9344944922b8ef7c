// Copies the sample, replaces its addresses by those of the sandbox, and keeps its waiver as somebody who has compared the accounts.
def sample = new File(basedir, '../../../../samples/pipeline-gate')
new File(basedir, '.mvn').mkdirs()
['pom.xml', 'settings.xml', 'migration.yaml', '.mvn/jvm.config'].each {
    new File(basedir, it).bytes = new File(sample, it).bytes
}
def plan = new File(basedir, 'migration.yaml')
plan.setText(plan.getText('UTF-8')
        .replaceAll(/\$\{(source|destination)\./, '\\${migrate.sandbox.$1.')
        .replaceAll(/(?m)^    # (waivers:|  - check:|    reason:|    owner:|    expires:)/, '    $1')
        .replace('YYYY-MM-DD', java.time.LocalDate.now().plusDays(30).toString()), 'UTF-8')
