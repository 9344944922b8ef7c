import io.github.rocketmigrate.it.Aftermath
new Aftermath(basedir).metadataOnly()
