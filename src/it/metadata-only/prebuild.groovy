// Copies the sample, removes traffic from its plan, and replaces its addresses by those of the sandbox.
def sample = new File(basedir, '../../../../samples/pipeline-gate')
new File(basedir, '.mvn').mkdirs()
['pom.xml', 'settings.xml', 'migration.yaml', '.mvn/jvm.config'].each {
    new File(basedir, it).bytes = new File(sample, it).bytes
}
def plan = new File(basedir, 'migration.yaml')
plan.setText(plan.getText('UTF-8').replaceAll(/\ntraffic:.*\n/, '\n').replaceAll(/\$\{(source|destination)\./, '\\${migrate.sandbox.$1.'), 'UTF-8')
