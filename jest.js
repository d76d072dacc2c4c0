module.exports = require('./lib/src/jest');
